export { bit, bits, type FieldRange, fieldRange, getField, getFieldNumber, setField } from './field.ts';
