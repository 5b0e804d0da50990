export { type DescriptorField, type DescriptorForm, descriptorFields } from './descriptor.ts';
export { memoryType } from './memory-type.ts';
