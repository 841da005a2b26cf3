// A process that owns an embedded Postgres until SIGTERM, for tests that kill it.
// Arguments: the built embedded.js, the data folder, the shared folder.
const [embedded, dataDir, sharedDir] = process.argv.slice(2);
const { startEmbeddedPostgres } = await import(embedded);
try {
  const server = await startEmbeddedPostgres({ dataDir, sharedDir, log: console });
  process.once('SIGTERM', () => server.close());
  console.log(`ready ${server.connectionString}`);
} catch (error) {
  console.log(`refused with ${error.code}: ${error.message}`);
}
