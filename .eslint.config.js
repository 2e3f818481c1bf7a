import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'coverage/', 'node_modules/', '.eslint.config.js'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  { rules: { 'no-control-regex': 'off', '@typescript-eslint/no-misused-spread': 'off', '@typescript-eslint/unbound-method': 'off', '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] } },
  { files: ['test/**'], rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
);
