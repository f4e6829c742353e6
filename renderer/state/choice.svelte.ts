import type { Api, ChoosingEvent, ProbedServer } from '../../electron/api/schema.ts';

/** How far choosing the best server has come, and what the servers answered. */
export class ChoiceState {
  /** Null until the first server has answered, or been given up. */
  progress = $state.raw<{ done: number; planned: number } | null>(null);
  /** Best first; empty while the servers are being asked. */
  ranking = $state.raw<readonly ProbedServer[]>([]);
  trying = $state.raw<ProbedServer | null>(null);
  /** Endpoints of those that did not connect after all. */
  failed = $state.raw<readonly string[]>([]);

  /** Listens until the returned function is called. */
  follow(api: Api): () => void {
    const stops = [
      api.on('probing', (progress) => (this.progress = progress)),
      api.on('choosing', (event) => this.#apply(event)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #apply(event: ChoosingEvent): void {
    switch (event.kind) {
      case 'ranked':
        this.ranking = event.results;
        break;
      case 'trying':
        this.trying = event.server;
        break;
      case 'failed':
        this.failed = [...this.failed, event.server.endpoint];
        this.trying = null;
        break;
    }
  }
}
