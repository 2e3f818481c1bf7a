/**
 * A clock that was put back while a log was written: its time falls by hours and stays there. A line whose time alone is wrong contradicts its neighbours
 * and moves no clock, so the next lines decide.
 */
import { jumpLines } from '../limits.ts';

export interface ClockJump<Line> {
  readonly line: Line;
  /** UTC milliseconds of the line before it, and its own */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ClockJumps<Line> {
  /** for every line, before a step back of its own begins */
  follow(ms: number): void;
  /** a line that is earlier than the one before it by more than daylight saving explains */
  begin(line: Line, fromMs: number, toMs: number): void;
}

/**
 * @param stepMs steps back of so much are explained otherwise
 * @param found is called once for each jump, when enough lines have stayed behind it
 */
export function createClockJumps<Line>(stepMs: number, found: (jump: ClockJump<Line>) => void): ClockJumps<Line> {
  let open: ClockJump<Line> | undefined;
  let lines = 0;
  return {
    follow(ms) {
      if (open === undefined) return;
      if (ms >= open.fromMs - stepMs) {
        open = undefined;
        return;
      }
      lines += 1;
      if (lines < jumpLines) return;
      found(open);
      open = undefined;
    },
    begin(line, fromMs, toMs) {
      open = { line, fromMs, toMs };
      lines = 1;
    },
  };
}
