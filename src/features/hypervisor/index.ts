// KVM's configuration as a view of the app.
import type { Feature } from '#ui';

export const hypervisorFeature: Feature = {
  id: 'hypervisor',
  title: 'KVM switches',
  word: 'KVM',
  icon: 'switches',
  load: async () => ({ View: (await import('./hypervisor-view.tsx')).HypervisorView }),
};
