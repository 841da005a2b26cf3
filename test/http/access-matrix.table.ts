/** Whoever may ask. A guest has the manage token of a booking; an owner administers all shops. */
export const ROLES = [
  'anonymous',
  'client',
  'other client',
  'barber',
  'other barber',
  'foreign barber',
  'admin',
  'foreign admin',
  'owner',
  'guest',
  'other guest',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * The status that a valid request gets, in the order of the roles. What has an `{id}` is about a booking of the
 * client at the barber's chair (of the guest, where the guest asks), or about the barber's chair, at the shop of
 * all but the foreign ones.
 */
const TABLE = `
                                                       nobody cli  cli2 bar  bar2 bar3 adm  adm2 own  gue  gue2
GET /health                                               200  200  200  200  200  200  200  200  200  200  200
GET /health/live                                          200  200  200  200  200  200  200  200  200  200  200
GET /health/ready                                         200  200  200  200  200  200  200  200  200  200  200
GET /metrics                                              401  403  403  403  403  403  200  200  200  401  401
POST /api/auth/sign-up/email                              200  200  200  200  200  200  200  200  200  200  200
POST /api/auth/sign-in/email                              200  200  200  200  200  200  200  200  200  200  200
POST /api/auth/sign-out                                   200  200  200  200  200  200  200  200  200  200  200

GET /api/v2/bookings/available-slots                      200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/bookings/available-days                       200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/bookings/next-available                       200  200  200  200  200  200  200  200  200  200  200
POST /api/v2/bookings/availability/batch                  200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/bookings/stream                               200  200  200  200  200  200  200  200  200  200  200
POST /api/v2/bookings/hold                                201  201  201  201  201  201  201  201  201  201  201
DELETE /api/v2/bookings/hold/{hold_token}                 204  204  204  204  204  204  204  204  204  204  204
POST /api/v2/bookings/guest                               201  201  201  201  201  201  201  201  201  201  201
POST /api/v2/bookings/create                              401  201  201  201  201  201  201  201  201  401  401
GET /api/v2/bookings                                      401  200  200  200  200  200  200  200  200  401  401
GET /api/v2/bookings/{id}                                 401  200  404  200  404  404  200  404  200  200  404
PATCH /api/v2/bookings/{id}                               401  200  404  200  404  404  200  404  200  200  404
POST /api/v2/bookings/{id}/cancel                         401  200  404  200  404  404  200  404  200  200  404
POST /api/v2/bookings/{id}/complete                       401  403  404  200  404  404  200  404  200  403  404
POST /api/v2/bookings/{id}/no-show                        401  403  404  200  404  404  200  404  200  403  404
GET /api/v2/bookings/{id}/history                         401  200  404  200  404  404  200  404  200  200  404
GET /api/v2/bookings/{id}/calendar                        401  200  404  200  404  404  200  404  200  200  404
GET /api/v2/bookings/managed                              401  401  401  401  401  401  401  401  401  200  200

GET /api/v2/shop                                          200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/services                                      200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/barbers                                       200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/me                                            401  200  200  200  200  200  200  200  200  401  401
GET /api/v2/me/export                                     401  200  200  200  200  200  200  200  200  401  401
DELETE /api/v2/me                                         401  204  204  204  204  204  204  204  204  401  401
POST /api/v2/invitations/accept                           401  200  200  200  200  200  200  200  200  401  401

GET /api/v2/staff/calendar                                401  403  403  200  200  403  200  403  200  401  401
POST /api/v2/staff/bookings                               401  403  403  201  201  403  201  403  201  401  401
GET /api/v2/staff/clients                                 401  403  403  200  200  403  200  403  200  401  401

GET /api/v2/cache/availability                            200  200  200  200  200  200  200  200  200  200  200
GET /api/v2/cache/stats                                   401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/forecast                                401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/health                                  401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/monitoring/trends                       401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/monitoring/utilization                  401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/monitoring/report                       401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/keys/summary                            401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/admin/cache/health                            401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/settings                                401  403  403  403  403  403  200  403  200  401  401
PUT /api/v2/cache/settings                                401  403  403  403  403  403  403  403  200  401  401
GET /api/v2/cache/advice                                  401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/warm-up                                401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/admin/cache/warm-up                          401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/cache/warm-up/{id}                            401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/preload                                401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/invalidate/barber/{id}                 401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/invalidate/date-range                  401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/invalidate/all-slots                   401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/cache/invalidate/business-settings           401  403  403  403  403  403  200  403  200  401  401

GET /api/v2/admin/shops                                   401  403  403  403  403  403  200  200  200  401  401
POST /api/v2/admin/shops                                  401  403  403  403  403  403  403  403  201  401  401
GET /api/v2/admin/shop                                    401  403  403  403  403  403  200  403  200  401  401
PATCH /api/v2/admin/shop                                  401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/admin/closures                                401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/admin/closures                               401  403  403  403  403  403  201  403  201  401  401
DELETE /api/v2/admin/closures/{id}                        401  403  403  403  403  403  204  403  204  401  401
GET /api/v2/admin/holidays                                401  403  403  403  403  403  200  403  200  401  401
GET /api/v2/admin/holidays/places                         401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/admin/closures/holidays                      401  403  403  403  403  403  201  403  201  401  401
GET /api/v2/admin/services                                401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/admin/services                               401  403  403  403  403  403  201  403  201  401  401
PATCH /api/v2/admin/services/{id}                         401  403  403  403  403  403  200  403  200  401  401
DELETE /api/v2/admin/services/{id}                        401  403  403  403  403  403  204  403  204  401  401
GET /api/v2/admin/barbers                                 401  403  403  403  403  403  200  403  200  401  401
POST /api/v2/admin/barbers                                401  403  403  403  403  403  201  403  201  401  401
GET /api/v2/admin/barbers/{id}                            401  403  403  403  403  403  200  403  200  401  401
PATCH /api/v2/admin/barbers/{id}                          401  403  403  403  403  403  200  403  200  401  401
DELETE /api/v2/admin/barbers/{id}                         401  403  403  403  403  403  204  403  204  401  401
POST /api/v2/admin/barbers/{id}/invite                    401  403  403  403  403  403  201  403  201  401  401
GET /api/v2/admin/users                                   401  403  403  403  403  403  200  403  200  401  401
PUT /api/v2/admin/users/{id}/role                         401  403  403  403  403  403  200  403  200  401  401

GET /api/v2/admin/barbers/{id}/hours                      401  403  403  200  403  403  200  403  200  401  401
PUT /api/v2/admin/barbers/{id}/hours                      401  403  403  200  403  403  200  403  200  401  401
GET /api/v2/admin/barbers/{id}/overrides                  401  403  403  200  403  403  200  403  200  401  401
POST /api/v2/admin/barbers/{id}/overrides                 401  403  403  201  403  403  201  403  201  401  401
DELETE /api/v2/admin/barbers/{id}/overrides/{date}        401  403  403  204  403  403  204  403  204  401  401
GET /api/v2/admin/barbers/{id}/time-off                   401  403  403  200  403  403  200  403  200  401  401
POST /api/v2/admin/barbers/{id}/time-off                  401  403  403  201  403  403  201  403  201  401  401
DELETE /api/v2/admin/barbers/{id}/time-off/{time_off_id}  401  403  403  204  403  403  204  403  204  401  401`;

const [BOOKINGS, APPOINTMENTS] = ['/api/v2/bookings', '/api/v2/appointments'] as const;

/** Statuses by operation, in the order of the roles; what is under /bookings is under /appointments, too. */
export const ACCESS: ReadonlyMap<string, readonly number[]> = new Map(
  TABLE.split('\n')
    .filter((line) => line.includes('/'))
    .flatMap((line) => {
      const [method = '', path = '', ...statuses] = line.split(/ +/);
      const paths = path.startsWith(BOOKINGS) ? [path, path.replace(BOOKINGS, APPOINTMENTS)] : [path];
      return paths.map((one) => [`${method} ${one}`, statuses.map(Number)] as const);
    }),
);
