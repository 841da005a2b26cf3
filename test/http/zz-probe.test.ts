import { afterAll, beforeAll, test } from 'vitest';
import { startTestServer, type TestServer } from './server.ts';
let server: TestServer;
beforeAll(async () => { server = await startTestServer(); });
afterAll(() => server.close());
test('probe', async () => {
  const token = await server.signUp('p@example.com');
  await server.database.pool.query(`update "user" set role = 'admin' where email = 'p@example.com'`);
  const N = 'a\u0000b';
  const list: [any, string, any?][] = [
    ['POST','/api/auth/reset-password',{token:N,newPassword:'long enough'}],
    ['GET','/api/auth/reset-password/a%00b?callbackURL=/'],
    ['POST','/api/auth/api-key/create',{name:N}],
    ['POST','/api/auth/update-user',{name:N}],
    ['POST','/api/auth/revoke-session',{token:N}],
  ];
  for (const id of ['x','99999999999','1.5','-1','', 'Infinity', '1e400']) {
    for (const [p, k] of [['api-key/delete','keyId'],['api-key/update','keyId'],['admin/ban-user','userId'],['admin/unban-user','userId'],['admin/list-user-sessions','userId'],['admin/revoke-user-sessions','userId'],['admin/remove-user','userId'],['admin/impersonate-user','userId'],['admin/set-user-password','userId']] as const)
      list.push(['POST',`/api/auth/${p}`,{[k]:id,name:'n',newPassword:'long enough'}]);
    list.push(['POST','/api/auth/admin/has-permission',{userId:id,permissions:{user:['list']}}]);
    list.push(['GET',`/api/auth/api-key/get?id=${id}`],['GET',`/api/auth/admin/get-user?id=${id}`]);
  }
  for (const u of ['api-key/list?sortBy=nope','api-key/list?limit=x','api-key/list?limit=-1','api-key/list?offset=-1','api-key/list?limit=99999999999999999999','admin/list-users?limit=x','admin/list-users?limit=-1','admin/list-users?sortBy=nope','admin/list-users?filterField=nope&filterValue=x','admin/list-users?filterField=id&filterValue=x','admin/list-users?searchField=name&searchValue=%00','admin/list-users?filterField=createdAt&filterValue=x','admin/list-users?offset=99999999999999999999999','api-key/list?configId=%00','admin/list-users?sortBy=name&sortDirection=zz','admin/list-users?filterField=id&filterValue=x&filterOperator=in','verify-email?token=x','delete-user/callback?token=x','list-accounts','account-info?accountId=x'])
    list.push(['GET',`/api/auth/${u}`]);
  list.push(['POST','/api/auth/api-key/create',{name:'x',expiresIn:1e300}],['POST','/api/auth/api-key/create',{name:'x',expiresIn:86400*365*2}],['POST','/api/auth/api-key/create',{name:'x',remaining:1e18}],['POST','/api/auth/admin/ban-user',{userId:'1',banExpiresIn:1e300}],['POST','/api/auth/api-key/create',{name:'x',configId:'zz'}],['POST','/api/auth/api-key/create',{name:'x',metadata:{a:1}}],['POST','/api/auth/api-key/create',{name:'x'.repeat(9999)}],['POST','/api/auth/update-user',{name:'x', image:'y'.repeat(50000)}],['POST','/api/auth/update-user',{}],['POST','/api/auth/unlink-account',{providerId:'credential',accountId:'x'}],['POST','/api/auth/sign-up/email',{name:'x',email:`${Array.from({length:9000},(_, i)=>(i*7919%65521).toString(36)).join('')}@example.com`,password:'long enough'}],['POST','/api/auth/change-email',{newEmail:'a@b.com'}],['POST','/api/auth/delete-user',{}],['POST','/api/auth/sign-in/social',{provider:'x'}],['POST','/api/auth/refresh-token',{providerId:'x'}],['POST','/api/auth/request-password-reset',{email:'p@example.com'}],['POST','/api/auth/send-verification-email',{email:'p@example.com'}]);
  const out: string[] = [];
  for (const [m,u,b] of list) {
    const at = server.logged().length;
    const a = await server.app.inject({method:m,url:u,headers:{authorization:`Bearer ${token}`},...(b&&{payload:b})});
    if (a.statusCode>=500) { const l=server.logged().slice(at).filter((x:any)=>x.err); out.push(`${a.statusCode} ${m} ${u} ${JSON.stringify(b)?.slice(0,80)} ${a.body.slice(0,100)} || ${JSON.stringify(l.map((x:any)=>[x.msg,x.err.code,x.err.message?.slice(0,90),x.err.statusCode]))}`);} 
    else if (process.env.ALL) out.push(`${a.statusCode} ${m} ${u.slice(0,100)} ${JSON.stringify(b)?.slice(0,80)} ${a.body.slice(0,100)}`);
  }
  for (const u of ['/docs/static/../x','/docs/static/%2e%2e/x','/docs/static/a%00b','/docs/static/..%2fx','/docs/static/nope','/docs/static/', '/docs/static/.x','/docs/static/%2e%2e%5cx', '/docs/static/'+'a'.repeat(5000)]) { const at = server.logged().length; const a = await server.app.inject({method:'GET',url:u}); out.push(`${a.statusCode} ${u.slice(0,60)} ${a.body.slice(0,80)} ${a.headers.location} ${JSON.stringify(server.logged().slice(at).filter((x:any)=>x.err).map((x:any)=>x.err)).slice(0,400)}`); }
  for (const au of ['Bearer a%00b','Bearer %','Bearer a%00b.c']) for (const u of ['/api/v2/me','/api/auth/get-session']) {const a = await server.app.inject({method:'GET',url:u,headers:{authorization:au}}); out.push(`${a.statusCode} ${u} ${au} ${a.body.slice(0,80)}`);}
  console.log(out.join('\n'));
});
