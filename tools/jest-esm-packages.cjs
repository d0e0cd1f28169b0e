// Jest transformer for node_modules: compiles files of ES-module packages to CommonJS, leaves all others alone.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { dirname, extname, join } = require('node:path');
const { transformSync, version } = require('@swc/core');

const types = new Map();

function packageType(directory) {
  let type = types.get(directory);
  if (type === undefined) {
    const manifest = join(directory, 'package.json');
    type = existsSync(manifest)
      ? (JSON.parse(readFileSync(manifest, 'utf8')).type ?? 'commonjs')
      : packageType(dirname(directory));
    types.set(directory, type);
  }
  return type;
}

const isEsm = (file) =>
  extname(file) === '.mjs' || (extname(file) === '.js' && packageType(dirname(file)) === 'module');

module.exports = {
  getCacheKey: (source, file) =>
    createHash('sha1')
      .update(`${version}\0${isEsm(file)}\0${source}`)
      .digest('hex'),
  process: (source, file) =>
    isEsm(file)
      ? transformSync(source, {
          filename: file,
          swcrc: false,
          configFile: false,
          sourceMaps: false,
          module: { type: 'commonjs', ignoreDynamic: false },
          jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
        })
      : { code: source },
};
