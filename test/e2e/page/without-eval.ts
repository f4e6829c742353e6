/**
 * Imported before the schema, which runs on this page only because the fake does: zod would otherwise try, when a schema
 * is made, whether it may make code, and the page's policy would report that as a fault of the window.
 */
import { z } from 'zod';

z.config({ jitless: true });
