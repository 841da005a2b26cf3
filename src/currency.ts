/** ISO 4217's minor units, where they are not two. What `Intl` says differs from it, and from version to version. */
const DECIMALS: Readonly<Record<string, number>> = {
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
};

/** How many decimals the amounts of a currency have: 3050 minor units of USD are 30.50. */
export function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

function of(decimals: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, decimals]));
}
