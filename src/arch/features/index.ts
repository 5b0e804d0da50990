export {
  announcement,
  FEATURE_ROWS,
  type FeatureRow,
  type FeatureSet,
  featureRow,
  featuresOf,
  featuresOfRegisters,
  holds,
  type ReadIdField,
  toldByField,
} from './features.ts';
export { type RegisterMasks, registerMasks, resetBits } from './masks.ts';
