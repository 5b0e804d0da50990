export { type DescriptorField, type DescriptorForm, descriptorFields } from './descriptor.ts';
