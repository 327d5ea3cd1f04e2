// What the columns of a pack's tables are called for people: the words of the workbook and of the other screens. The CSV
// files have machine names, and files of later versions may have others than are known here.

const known: Record<string, string> = {
  time: 'Time (UTC)',
  timeLocal: 'Time (zone of the pack)',
  timeText: 'Time as in the record',
  ip: 'IP address',
  row: 'Row in the file',
  uid: 'Event id',
  raw: 'Raw record (JSON)',
  no: 'No.',
  number: 'No.',
  id: 'No.',
  valueFrom: 'Value at the start',
  certaintyFrom: 'It is',
  valueTo: 'Value at the end',
  certaintyTo: 'It is',
  actors: 'By',
  firstTime: 'First change',
  lastTime: 'Last change',
  exceptions: 'Deserves a look',
  startCertainty: 'Start is',
  endCertainty: 'End is',
  startEvent: 'Event of the start',
  endEvent: 'Event of the end',
  grantEvent: 'Event of the grant',
  revokeEvent: 'Event of the end',
  durationSeconds: 'Seconds',
  session: 'Session id',
  key: 'Actor or address',
  count: 'Failures',
  others: 'Addresses or actors',
  before: 'Held at the start',
  after: 'Held at the end',
  unusual: 'Unusually quiet',
  size: 'Days or ids',
  explanation: 'The officer’s explanation',
  expected: 'Its new value',
  found: 'Its old value',
  earlierTime: 'Earlier event',
  earlier: 'Earlier event’s id',
  laterTime: 'Later event',
  later: 'Later event’s id',
  reasons: 'Why',
  proof: 'Evidence',
  slaDays: 'Days allowed',
  deadline: 'Had to be gone by',
  lastEnd: 'Last access ended',
  rowCount: 'Rows',
  compensating: 'Compensating control',
  response: 'Management response',
  sha256: 'SHA-256',
  presetSha256: 'SHA-256 of the preset',
  merkleRoot: 'Root of the import',
  balanced: 'Adds up',
  inPeriod: 'In the period',
  inPack: 'In the pack',
  eventsInPack: 'Events in the pack',
  vendorRetention: 'Kept by the vendor',
  knownNotCaptured: 'Known not to be in the log',
};

/** The heading of a column: `targetType` is “Target type”. What is no machine name, as an attribute that was tested, stays. */
export function columnWords(name: string): string {
  const words = known[name];
  if (words !== undefined) return words;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return name;
  const apart = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${apart.charAt(0).toUpperCase()}${apart.slice(1)}`;
}
