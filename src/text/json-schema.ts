/** JSON Schema 2020-12. The only file that imports `ajv` and `ajv-formats`. Schemas are our own, never untrusted ones. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

export interface SchemaFault {
  /** keyword that failed: `type`, `required`, `enum` … */
  readonly keyword: string;
  /** where the value stands, as keys and indexes */
  readonly path: readonly (string | number)[];
  /** JSON pointer into the schema: tells which definition asked for it */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** the schema object that holds the keyword */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly value: unknown;
  readonly message: string;
}
export interface SchemaOptions {
  /** string formats of our own */
  readonly formats?: Readonly<Record<string, (text: string) => boolean>>;
  /** all faults (for what people write) or the first one (for events: 25 times cheaper on invalid ones) */
  readonly allErrors: boolean;
}
/** The faults of a value; empty when it is valid. */
export type SchemaCheck = (value: unknown) => readonly SchemaFault[];

/** Compiles a schema in ajv's strict mode. Schemas are held right by a test: checking one against its own schema takes longer than compiling it. */
export function compileSchema(schema: object, options: SchemaOptions): SchemaCheck {
  const ajv = new Ajv2020({ strict: true, strictRequired: true, allErrors: options.allErrors, discriminator: true, verbose: true, allowUnionTypes: true, validateSchema: false });
  formats.default(ajv);
  for (const [name, isValid] of Object.entries(options.formats ?? {})) ajv.addFormat(name, isValid);
  const validate = ajv.compile(schema);
  return (value) => validate(value) ? [] : (validate.errors ?? []).map(faultOf);
}

function faultOf(error: ErrorObject): SchemaFault {
  const params: Readonly<Record<string, unknown>> = error.params;
  const schema: Readonly<Record<string, unknown>> = error.parentSchema ?? {};
  return { keyword: error.keyword, path: pathOf(error.instancePath), schemaPath: error.schemaPath, params, schema, value: error.data, message: error.message ?? error.keyword };
}

/** RFC 6901. */
function pathOf(pointer: string): readonly (string | number)[] {
  return pointer.split('/').slice(1).map((part) => /^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
