/** @typedef {{ verdict: string }} Judgement */
/** @typedef {{ id: string, name: string, messages: Judgement, calls: Judgement }} Service */
/** @typedef {{ services: Service[] }} Report */
/** @typedef {{ state: string, verified: { handshake: boolean, traffic: boolean } | null, error: { message: string } | null }} Connection */
/**
 * What `npm run practice -- --headless --json` prints.
 * @typedef {{ before: Report, connect: Connection, after: Report, restored: boolean }} Journey
 */

const curedAtLeast = 3;

/** @param {Judgement} judgement */
const hindered = ({ verdict }) => verdict === 'blocked' || verdict === 'degraded';

/**
 * What the practice network promises and this journey did not keep, one sentence each.
 * @param {Journey} journey
 * @returns {string[]}
 */
export function brokenPromises({ before, connect, after, restored }) {
  const later = new Map(after.services.map((service) => [service.id, service.calls]));
  const blocked = before.services.filter(({ messages, calls }) => messages.verdict === 'ok' && hindered(calls));
  const cured = blocked.filter(({ id }) => later.get(id)?.verdict === 'ok');
  const still = after.services.filter(({ calls }) => hindered(calls)).map(({ name }) => name);
  const broken = [];
  if (cured.length < curedAtLeast)
    broken.push(`Calls of ${cured.length} services were blocked before and work after; ${curedAtLeast} were promised.`);
  if (still.length > 0) broken.push(`Still blocked through the tunnel: ${still.join(', ')}.`);
  if (!connect.verified?.handshake || !connect.verified.traffic)
    broken.push(`The tunnel carried nothing (${connect.state}): ${connect.error?.message ?? 'no reason given'}`);
  if (!restored) broken.push('The network is not as it was before.');
  return broken;
}

/**
 * The journey in words, one line a service.
 * @param {Journey} journey
 * @returns {string}
 */
export function inWords({ before, connect, after, restored }) {
  const later = new Map(after.services.map(({ id, calls }) => [id, calls.verdict]));
  const rows = before.services.map(
    ({ id, name, messages, calls }) =>
      `${name.padEnd(20)} messages ${messages.verdict.padEnd(13)} calls ${calls.verdict} -> ${later.get(id) ?? 'not-run'}`,
  );
  const connection = connect.error ? `${connect.state}: ${connect.error.message}` : connect.state;
  return [...rows, `Connection: ${connection}`, `Network put back: ${restored ? 'yes' : 'no'}`].join('\n');
}
