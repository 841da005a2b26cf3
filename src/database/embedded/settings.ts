const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The whole postgresql.conf, written anew before each start. What an administrator sets with ALTER SYSTEM still
 * wins, because Postgres keeps it in a file of its own.
 */
export function postgresSettings(socketDirectory: string, durable: boolean): string {
  const settings: Record<string, string> = {
    listen_addresses: quoted(''),
    port: '5432',
    unix_socket_directories: quoted(socketDirectory),
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '64MB',
    password_encryption: quoted('scram-sha-256'),
    timezone: quoted('UTC'),
    log_timezone: quoted('UTC'),
    datestyle: quoted('iso, ymd'),
    lc_messages: quoted('C'),
    // Statements here take milliseconds: compiling or parallelising them costs more, and /dev/shm is small in containers.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    log_checkpoints: 'off',
    log_min_error_statement: 'panic',
    log_line_prefix: quoted('%m [%p] '),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  return `# Written by Freshchair at every start. Use ALTER SYSTEM for settings of your own.\n${lines.join('')}`;
}
