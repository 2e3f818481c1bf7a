/** What keeps the code readable: who may import whom, what may touch the world, which packages there are (style.md, dependencies.md section 9). */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { problemCodes } from '../src/errors.ts';

const root = resolve('.');
const filesOf = (folder: string): readonly string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`).sort();
const ours = [...filesOf('src'), ...filesOf('parsers')];
const texts = new Map(ours.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

interface Import { readonly file: string; readonly target: string }
/** every module named after `from`, `import` and in `import()`; ours as paths from the root */
const imports: readonly Import[] = ours.flatMap((file) => [...(texts.get(file) ?? '').matchAll(/^(?:import|export)\b[^'"\n]*? from '([^'\n]+)'|^import '([^'\n]+)'|^\} from '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm)]
  .map((found: readonly (string | undefined)[]) => found.slice(1).find((target) => target !== undefined) ?? '')
  .map((target) => ({ file, target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)).replaceAll('\\', '/') : target })));

const stages = ['read', 'parse', 'normalise', 'attribute', 'detect', 'route', 'spool', 'emit'];
const partOf = (file: string): string => file.startsWith('parsers/') ? 'parsers' : /^src\/([^/]+)\//.exec(file)?.[1] ?? file;
/** records and vocabulary that everybody may know */
const foundations = ['src/event.ts', 'src/event-fields.ts', 'src/errors.ts', 'src/limits.ts', 'src/tenancy.ts'];

/** Parts that each part may import besides itself, the foundations, `text`, and schemas as data. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  text: [], read: [], parse: [], normalise: [], attribute: [],
  sigma: [], detect: ['sigma'], route: ['config'], emit: ['config'], config: ['report'], report: [], simulate: [],
  parsers: [],
};

describe('architecture: who imports whom', () => {
  for (const [part, others] of Object.entries(allowed)) {
    it(`${part} imports ${others.length === 0 ? 'foundations only' : others.join(', ')}`, () => {
      const wrong = imports.filter(({ file, target }) => partOf(file) === part && /^(src|parsers)\//.test(target) && partOf(target) !== part && partOf(target) !== 'text' && !foundations.includes(target) && !others.includes(partOf(target)));
      expect(wrong).to.deep.equal([]);
    });
  }
  it('foundations import nothing of ours but each other', () => {
    expect(imports.filter(({ file, target }) => foundations.includes(file) && /^(src|parsers)\//.test(target) && !foundations.includes(target))).to.deep.equal([]);
  });
  it('text imports nothing of ours but foundations', () => {
    expect(imports.filter(({ file, target }) => partOf(file) === 'text' && /^(src|parsers)\//.test(target) && partOf(target) !== 'text' && !foundations.includes(target))).to.deep.equal([]);
  });
  it('every stage is held by a rule of this test', () => {
    const present = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(present.filter((name) => stages.includes(name) && allowed[name] === undefined)).to.deep.equal([]);
  });
  it('no part but the command line knows the pipeline', () => {
    expect(imports.filter(({ file, target }) => target === 'src/pipeline.ts' && partOf(file) !== 'cli')).to.deep.equal([]);
  });
  it('a file that is imported exists', () => {
    expect(imports.filter(({ target }) => /^(src|parsers)\/.*\.ts$/.test(target) && !texts.has(target))).to.deep.equal([]);
  });
});

describe('architecture: what touches the world', () => {
  const worldly = ['read', 'spool', 'emit', 'cli'];
  const isWorldly = (file: string): boolean => worldly.includes(partOf(file)) || file === 'src/pipeline.ts';
  const devices = /^node:(fs|fs\/promises|net|tls|dgram|dns|dns\/promises|http|https|child_process|os|worker_threads|cluster)$/;
  it('disk and network are opened by read, spool, emit and cli', () => {
    expect(imports.filter(({ file, target }) => devices.test(target) && !isWorldly(file))).to.deep.equal([]);
  });
  for (const [name, pattern] of [['clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/], ['chance', /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/], ['environment', /\bprocess\.(?:env|argv|cwd|platform|stdin|stdout|stderr)\b/]] as const) {
    it(`${name} is left to them too`, () => {
      expect([...texts].filter(([file, text]) => !isWorldly(file) && pattern.test(text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, ''))).map(([file]) => file)).to.deep.equal([]);
    });
  }
});

interface LockedPackage { readonly version: string; readonly license?: string; readonly dev?: boolean; readonly optional?: boolean; readonly hasInstallScript?: boolean }
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>>; readonly devDependencies: Readonly<Record<string, string>>; readonly scripts: Readonly<Record<string, string>> };
const locked = Object.entries((JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, LockedPackage>> }).packages).filter(([path]) => path !== '');

describe('architecture: packages', () => {
  const packageOf = (target: string): string => target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/');
  const users = new Map<string, string[]>();
  for (const { file, target } of imports) if (!/^(node:|src\/|parsers\/|schemas\/|rules\/pack\.json|package\.json)/.test(target)) users.set(packageOf(target), [...new Set([...users.get(packageOf(target)) ?? [], file])]);
  it('each is imported by one module', () => {
    for (const [name, files] of users) expect(files, name).to.have.length(1);
  });
  it('what is imported is a dependency, and every dependency is imported', () => { expect([...users.keys()].sort()).to.deep.equal(Object.keys(manifest.dependencies).sort()); });
  it('versions are exact, and the lock file has them', () => {
    const versions = new Map(locked.map(([path, { version }]) => [path, version]));
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
      expect(versions.get(`node_modules/${name}`), name).to.equal(version);
    }
  });
  it('what is shipped has a licence that is allowed', () => {
    const licences = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MIT-0']);
    expect(locked.filter(([, { dev, license }]) => dev !== true && !(license ?? '').replaceAll(/[()]/g, '').split(' OR ').some((choice) => licences.has(choice))).map(([path, { license }]) => `${path} ${license ?? 'none'}`)).to.deep.equal([]);
  });
  it('nothing that is shipped runs a script when it is installed', () => {
    expect(locked.filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true)).to.deep.equal([]);
    expect(readFileSync(join(root, '.npmrc'), 'utf8').trim().split('\n')).to.include.members(['save-exact=true', 'engine-strict=true', 'ignore-scripts=true']);
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)(?!view)|^install$|^prepare$/.test(name))).to.deep.equal([]);
  });
});

describe('architecture: names', () => {
  it('the top level is what it was agreed to be', () => {
    const agreed = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package-lock.json', 'package.json', 'parsers', 'rules', 'schemas', 'src', 'test', 'tsconfig.json'];
    const made = ['node_modules', 'dist', 'build', 'coverage'];
    expect(readdirSync(root).filter((name) => !name.startsWith('.') && !agreed.includes(name) && !made.includes(name))).to.deep.equal([]);
  });
  it('files are kebab-case and say what they hold', () => {
    expect(ours.filter((file) => !/^[a-z0-9/.-]+\.ts$/.test(file) || /(^|[/-])(utils?|helpers?|common|misc|manager|base)\.ts$/.test(file))).to.deep.equal([]);
  });
  it('no default exports, enumerations or namespaces', () => {
    expect([...texts].filter(([, text]) => /^export default|^(?:export )?(?:const )?enum |^(?:export )?namespace /m.test(text)).map(([file]) => file)).to.deep.equal([]);
  });
  it('every problem code is raised somewhere', () => {
    const all = [...texts].filter(([file]) => file !== 'src/errors.ts').map(([, text]) => text).join('\n');
    expect(Object.keys(problemCodes).filter((code) => !new RegExp(`['"\`]${code}['"\`]`).test(all))).to.deep.equal([]);
  });
});
