FROM node:24-bookworm-slim AS build
WORKDIR /ledger
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
COPY tools/build.mjs tools/bundle.mjs tools/set-up.mjs tools/
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /ledger
COPY --from=build /ledger/package.json ./
COPY --from=build /ledger/node_modules node_modules
COPY --from=build /ledger/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node"]
CMD ["dist/bundle/all-in-one.js"]
