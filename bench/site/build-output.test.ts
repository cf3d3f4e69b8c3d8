import { describe, expect, it } from 'vitest';
import { compressionIn, lastTimes } from './build-output.ts';

describe('what a build prints of its times', () => {
  it('is the time of compression, by the clock and of the processor', () => {
    const output = '12:00:01 [publish] 2041 files compressed in 13.2 s (25.9 s of CPU)\n';
    expect(compressionIn(output)).toEqual({ wallS: 13.2, cpuS: 25.9 });
  });

  it('is none where nothing is compressed', () => {
    expect(compressionIn('12:00:01 [build] Complete!\n')).toBeNull();
  });

  it("is the children's line of the shell's two, in seconds", () => {
    expect(lastTimes('Complete!\n0m0.00s 0m0.01s\n1m2.50s 0m3.25s\n')).toBeCloseTo(65.75);
  });

  it('is refused when the shell has printed none', () => {
    expect(() => lastTimes('Complete!\n')).toThrow('Expected the shell to print times');
  });
});
