import { fireEvent, screen, within } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../electron/api/errors.ts';
import type { RehearsedWay, Report } from '../../../../electron/api/schema.ts';
import { en } from '../../../../renderer/text/en/en.ts';
import { editions } from '../../../../renderer/text/languages.ts';
import { openWindow } from '../../open-window.ts';
import {
  blockedReport,
  cleanReport,
  judgement,
  offlineReport,
  report,
  service,
  signatureReport,
} from '../../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const { check: text, evidence } = en;

async function checkedWith(result: Report): Promise<void> {
  await openWindow({ 'check.run': () => Promise.resolve(result) });
  await fireEvent.click(screen.getByRole('button', { name: text.intro.button }));
  await settled();
}

const rowOf = (name: string): HTMLElement => {
  const row = screen.getByRole('rowheader', { name }).closest('tr');
  if (row === null) throw new Error(`no row for ${name}`);
  return row;
};

describe('a check', () => {
  it('shows each service as it is judged, first as being confirmed, and can be stopped', async () => {
    const { fake } = await openWindow({
      'check.run': (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: 'Stopped.' })));
        }),
    });
    await fireEvent.click(screen.getByRole('button', { name: text.intro.button }));
    await settled();
    const telegram = service('telegram', 'Telegram', judgement('ok'), judgement('blocked', 'stun-dpi'));
    fake.emit('check', { kind: 'started', startedAt: '', services: [{ id: 'telegram', name: 'Telegram' }] });
    await settled();
    expect(rowOf('Telegram').textContent).toContain(text.pending);

    fake.emit('check', { kind: 'service', service: telegram, final: false });
    await settled();
    expect(rowOf('Telegram').textContent).toContain(text.confirming);

    fake.emit('check', { kind: 'service', service: telegram, final: true });
    await settled();
    expect(rowOf('Telegram').textContent).not.toContain(text.confirming);
    expect(rowOf('Telegram').textContent).toContain(text.mechanisms['stun-dpi']);
    expect(screen.getByRole('log').textContent).toContain('Telegram');
    expect(screen.getByRole('progressbar')).toBeTruthy();

    await fireEvent.click(screen.getByRole('button', { name: text.running.stop }));
    await settled();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(text.intro.title);
  });

  it('ends in one sentence about the network, and offers the way out', async () => {
    await checkedWith(blockedReport);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(text.headlines['calls-blocked'].title);
    expect(screen.getByRole('log').textContent).toContain(text.headlines['calls-blocked'].title);
    await fireEvent.click(within(screen.getByRole('main')).getByRole('button', { name: text.makeCallsWork }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(en.connect.title);
  });

  it('keeps the evidence one click away, in time order, with its controls', async () => {
    await checkedWith(blockedReport);
    await fireEvent.click(within(rowOf('Telegram')).getByRole('button'));
    const calls = screen.getByRole('region', { name: evidence.calls });
    const tried = within(calls)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);
    expect(tried).toHaveLength(4);
    expect(tried[0]).toContain('stun.example.org');
    expect(tried.at(-1)).toContain('91.108.8.1');
    expect(tried.filter((row) => row.includes(evidence.controlMark))).toHaveLength(3);
    expect(calls.textContent).toContain('U2');
    expect(calls.querySelector('bdi')?.getAttribute('dir')).toBe('ltr');
  });

  it.each(Object.entries(editions))(
    'says in %s what a verdict means and what would overturn it',
    async (language, edition) => {
      await openWindow({ 'check.run': () => Promise.resolve(blockedReport) }, language);
      const { check: words, evidence: headings, why } = edition.text;
      await fireEvent.click(screen.getByRole('button', { name: words.intro.button }));
      await settled();
      await fireEvent.click(within(rowOf('Telegram')).getByRole('button'));
      const calls = screen.getByRole('region', { name: headings.calls });
      expect(calls.textContent).toContain(why.cases.U2.means);
      expect(calls.textContent).toContain(why.overturned.replace('{condition}', why.cases.U2.overturned));
      const [control] = within(calls).getAllByRole('listitem');
      expect(control?.textContent.replace(/\s+/g, ' ')).toBe(
        why.roles['time-server'].replace('{target}', 'ntp.example.org'),
      );
    },
  );

  it('offers no tunnel where nothing is blocked', async () => {
    await checkedWith(cleanReport);
    expect(within(screen.getByRole('main')).queryByRole('button', { name: text.makeCallsWork })).toBeNull();
  });

  it('says what the line is worth to a call, with what the sample proves', async () => {
    const figures = { rttMs: 48, jitterMs: 3, lossPct: 0, lossUpperPct: 5.8, samples: 50, mos: 4.4 };
    await checkedWith({ ...cleanReport, quality: { ...figures, rating: 'good' } });
    const said = screen.getByRole('main').textContent;
    expect(said).toContain(en.quality.ratings.good);
    expect(said).toContain('lost 0 of 50 packets (true loss: 5.8% at most)');
  });

  it('says how a call to the person’s own relay went, way by way, and never that nothing was lost', async () => {
    const heard = { sent: 92, lost: 0, lossPct: 0, lossUpperPct: 3.2 };
    const way: RehearsedWay = {
      ...{ port: 443, rule: 'K1', code: null, verdictMs: 2100, probe: 'p1', rttMs: 40, jitterMs: 2, mos: 4.3 },
      ...{ there: heard, back: { ...heard, lost: 1, lossPct: 1.1, lossUpperPct: 5.1 } },
      transport: 'tls',
      outcome: 'good',
    };
    const none = { there: null, back: null, rttMs: null, jitterMs: null, mos: null, probe: 'p2' };
    const dead: RehearsedWay = { ...way, ...none, transport: 'udp', port: 3478, outcome: 'no-relay', rule: 'K4' };
    await checkedWith({ ...cleanReport, rehearsal: { outcome: 'good', rule: 'K1', ways: [dead, way] } });
    expect(screen.getByRole('main').textContent).toContain(en.quality.call.outcomes.good);
    const ways = within(screen.getByRole('list', { name: en.quality.call.ways })).getAllByRole('listitem');
    expect(ways.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'UDP 3478: no answer',
      'TLS 443: good · lost 1 of 92 packets (true loss: 5.1% at most)',
    ]);
  });

  it('says offline and what to do, and shows no verdicts', async () => {
    await checkedWith(offlineReport);
    expect(screen.getByRole('main').textContent).toContain(text.headlines.offline.text);
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says when a tunnel was on', async () => {
    await checkedWith(report(cleanReport.services, [], { tunnel: 'wireguard' }));
    expect(screen.getByRole('main').textContent).toContain(text.tunnelOn.wireguard);
  });

  it('warns of what goes around a tunnel', async () => {
    await checkedWith(report(cleanReport.services, [], { tunnel: 'other', aroundTunnel: ['udp'] }));
    const alert = screen.getByRole('alert').textContent;
    expect(alert).toContain(en.vpn.around.udp);
    expect(alert).not.toContain(en.vpn.around.ipv6);
  });

  it('says what went wrong and what to do when the check itself failed', async () => {
    await openWindow({
      'check.run': () => Promise.reject(new ApiError({ code: 'catalogue-invalid', message: 'Broken.' })),
    });
    await fireEvent.click(screen.getByRole('button', { name: text.intro.button }));
    await settled();
    const { what, means, todo } = en.troubles['catalogue-invalid'];
    for (const sentence of [what, means, todo]) expect(screen.getByRole('alert').textContent).toContain(sentence);
  });
});

describe('the signature check', () => {
  const { signature } = text;
  async function ask(servers: string): Promise<void> {
    await fireEvent.click(screen.getByText(signature.title));
    await fireEvent.input(screen.getByLabelText(signature.servers), { target: { value: servers } });
    await fireEvent.click(screen.getByRole('button', { name: signature.button }));
    await settled();
  }

  it('is never part of a check that did not name servers', async () => {
    const asked: unknown[] = [];
    await openWindow({ 'check.run': (args) => (asked.push(args), Promise.resolve(cleanReport)) });
    expect(screen.getByRole('button', { name: signature.button })).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByRole('button', { name: text.intro.button }));
    await settled();
    expect(asked).toEqual([expect.not.objectContaining({ signatures: expect.anything() as unknown })]);
    expect(screen.queryByRole('heading', { name: signature.heading })).toBeNull();
  });

  it('warns, sends what was named, and says what became of packets that look like calls', async () => {
    const asked: unknown[] = [];
    const result = signatureReport;
    await openWindow({ 'check.run': (args) => (asked.push(args), Promise.resolve(result)) });
    expect(screen.getByText(signature.warning)).toBeTruthy();
    await ask(' 198.51.100.7:3478-3499 ');
    expect(asked).toMatchObject([{ signatures: '198.51.100.7:3478-3499' }]);
    const shown = screen.getByRole('region', { name: signature.heading });
    expect(shown.textContent).toContain(signature.results.filtered);
    expect(shown.textContent).toContain(signature.spoiled);
    expect(shown.textContent).toContain(signature.reasons.controls);
  });

  it('says what servers it takes when those cannot be used, and keeps what was written', async () => {
    const refusal = new ApiError({ code: 'bad-request', message: 'no', details: { field: 'signatures' } });
    await openWindow({ 'check.run': () => Promise.reject(refusal) });
    await ask('192.168.1.1');
    expect(screen.getByRole('alert').textContent).toContain(signature.refused);
    expect(screen.getByLabelText(signature.servers)).toHaveProperty('value', '192.168.1.1');
  });
});
