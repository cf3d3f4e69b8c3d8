import lazy from '../lazy.ts';
import { testPrimes } from './fixtures/prime-function.ts';

testPrimes('lazy', lazy);
