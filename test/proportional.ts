/** Work that grows with its input and not with its square, told by a ratio: how long anything takes depends on the machine and on what else it does. */
import { expect } from 'chai';

const factor = 8;
/** Proportional work takes 8 times as long, quadratic work 64 times. */
const highest = 24;
/** less than this is noise */
const leastMs = 5;

/** @param work the same with a larger input; what it does with `size` must already take some milliseconds when it is quadratic */
export async function expectProportional(work: (size: number) => unknown, size: number, what = ''): Promise<void> {
  await work(size);
  const small = await leastOfThree(() => work(size));
  const large = await leastOfThree(() => work(size * factor));
  expect(Math.max(large, leastMs) / Math.max(small, leastMs), `${what} ${large.toFixed(1)} ms : ${small.toFixed(1)} ms of CPU for ${String(factor)} times the input`).to.be.below(highest);
}

async function leastOfThree(work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
