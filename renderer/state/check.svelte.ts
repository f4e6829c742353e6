import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, CheckEvent, Finding, Probe, Report, ServiceReport } from '../../electron/api/schema.ts';
import { toErrorRecord } from './errors.ts';

/** One service on the screen; `service` is null until its first verdict, `final` false while that is being confirmed. */
export interface CheckRow {
  id: string;
  name: string;
  service: ServiceReport | null;
  final: boolean;
}

/** What the check said last. Nothing is sent before `start` is called. */
export class CheckState {
  phase = $state<'idle' | 'running' | 'done'>('idle');
  rows = $state<CheckRow[]>([]);
  findings = $state.raw<readonly Finding[]>([]);
  probes = $state.raw<readonly Probe[]>([]);
  progress = $state.raw({ done: 0, planned: 0 });
  report = $state.raw<Report | null>(null);
  error = $state.raw<ErrorRecord | null>(null);

  readonly #api: Api;
  #running: AbortController | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Shows the last check of this network, when there is one. A failure means no more than starting empty. */
  async loadLast(): Promise<void> {
    const last = await this.#api.call('check.last', {}).catch(() => null);
    if (last !== null && this.phase === 'idle') this.#finish(last);
  }

  /** `full` also rehearses a call by the relay that is kept. `signatures`: servers of one's own for the signature check, as written. */
  async start({ depth, signatures }: { depth?: 'full'; signatures?: string } = {}): Promise<void> {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    const before = this.report;
    this.#begin();
    const stop = this.#api.on('check', (event) => this.#apply(event));
    try {
      const args = { ...(depth && { depth }), ...(signatures !== undefined && { signatures }) };
      this.#finish(await this.#api.call('check.run', args, { signal: running.signal }));
    } catch (error) {
      if (!running.signal.aborted) this.error = toErrorRecord(error);
      if (before === null) this.phase = 'idle';
      else this.#finish(before);
    } finally {
      stop();
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  #begin(): void {
    this.phase = 'running';
    this.rows = [];
    this.findings = [];
    this.probes = [];
    this.progress = { done: 0, planned: 0 };
    this.report = null;
    this.error = null;
  }

  #finish(report: Report): void {
    this.phase = 'done';
    this.report = report;
    this.findings = report.findings;
    this.probes = report.probes;
    this.rows = report.services.map((service) => ({ id: service.id, name: service.name, service, final: true }));
  }

  #apply(event: CheckEvent): void {
    switch (event.kind) {
      case 'started':
        this.rows = event.services.map(({ id, name }) => ({ id, name, service: null, final: false }));
        break;
      case 'probe':
        this.probes = [...this.probes, event.probe];
        break;
      case 'progress':
        this.progress = { done: event.done, planned: event.planned };
        break;
      case 'finding':
        this.findings = [...this.findings, event.finding];
        break;
      case 'service':
        this.#applyService(event.service, event.final);
        break;
      case 'report':
        break; // the same report is the result of the call
    }
  }

  #applyService(service: ServiceReport, final: boolean): void {
    const row = this.rows.find(({ id }) => id === service.id);
    if (row === undefined) this.rows.push({ id: service.id, name: service.name, service, final });
    else Object.assign(row, { service, final });
  }
}
