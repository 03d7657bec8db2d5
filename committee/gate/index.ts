/** The gate's checks of a document as a library, for terminals in a browser or in Node. What it finds goes into the scan that the device signs. */
export {
  checkOffline,
  type OfflineCheck,
  type OfflineGate,
  type ShownMaterial,
  type SyncedList,
} from './check-offline.js';
export { checkOnline, recognize, type OnlineCheck, type OnlineGate, type Recognized } from './check-online.js';
