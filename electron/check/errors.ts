/** The catalogue cannot be used: missing, not JSON, or not what the schema wants. Names the file and the place, no value. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly code = 'catalogue-invalid';
  readonly file: string;
  /** Path inside the document (`services.3.calls.0.ports`); null when the whole file is the matter. */
  readonly place: string | null;

  constructor(file: string, place: string | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
    this.place = place;
  }
}
