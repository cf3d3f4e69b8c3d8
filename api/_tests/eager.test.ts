import eager from '../eager.ts';
import { testPrimes } from './fixtures/prime-function.ts';

testPrimes('eager', eager);
