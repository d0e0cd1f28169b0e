const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of whole processes and services, which take longest: begun last, they would keep one core waiting for the other. */
const slow = /[\\/]test[\\/](e2e|process|crash|conformance)[\\/]|crash\.spec\.ts$/;

/** Without times of an earlier run Jest goes by the size of the files. */
module.exports = class SlowSuitesFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => slow.test(path)), ...sorted.filter(({ path }) => !slow.test(path))];
  }
};
