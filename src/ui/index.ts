// Generic parts of the interface; they know nothing of Arm.
// base.css first: it names the cascade layers in their order.
import './base.css';
import './fonts.css';
import './tokens.css';
import './side-list.css';
import './field-table.css';

export { Announcer, announce } from './announce.tsx';
export { BitField, type BitFieldProps } from './bit-field.tsx';
export { type BitFieldItem, type BitGroup, bitItems } from './bit-layout.ts';
export { Button, type ButtonLook, IconButton, WordButton } from './button.tsx';
export { type Cell, createCell, useCell } from './cell.ts';
export { Chip, type World, worldClass } from './chip.tsx';
export { Dialog } from './dialog.tsx';
export { Empty } from './empty.tsx';
export type { Command, Feature, FeatureParts } from './feature.ts';
export { Checkbox, NumberField, Select, TextField } from './field.tsx';
export { Hex } from './hex.tsx';
export { Icon, type IconName, Mark, type MarkKind, Sign } from './icon.tsx';
export { type Axis, ringMove } from './keys.ts';
export { type Lane, LaneRoute, type RouteStop } from './lane-route.tsx';
export { Menu, type MenuItem, type MenuSection } from './menu.tsx';
export {
  decimal,
  fieldText,
  groupBinary,
  groupHex,
  hexGroups,
  leadingZeros,
  type NumberReading,
  numberTrouble,
  otherReadings,
  readNumber,
} from './number.ts';
export { NumberEditor } from './number-editor.tsx';
export { Segmented, type SegmentOption } from './segmented.tsx';
export { Sheet } from './sheet.tsx';
export { readStored, storageWorks, writeStored } from './storage.ts';
export { Tabs } from './tabs.tsx';
export {
  isDark,
  isHighContrast,
  onThemeChange,
  setTheme,
  startTheme,
  type Theme,
  themeNames,
  themes,
  token,
  useTheme,
} from './theme.ts';
export { showView, type ViewRequest, viewRequest } from './view-request.ts';
export { type TableColumn, VirtualTable, type VirtualTableProps } from './virtual-table.tsx';
