/** `npm run bench`: beside rsyslog; `npm run bench -- rules`: what rules cost. */
await import(process.argv[2] === 'rules' ? './rules.ts' : './run.ts');
