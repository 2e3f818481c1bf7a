import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';

describe('JSON Schemas', () => {
  const folder = new URL('../../schemas/', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.schema.json'))) {
    it(`${file} is a schema of the version that it names`, () => {
      const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { readonly $schema: string };
      expect(schema.$schema).to.equal('https://json-schema.org/draft/2020-12/schema');
      const ajv = new Ajv2020();
      void ajv.validateSchema(schema);
      expect(ajv.errors ?? []).to.deep.equal([]);
    });
  }
});
