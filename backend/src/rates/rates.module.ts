import { Global, Module } from '@nestjs/common';
import { Rates } from './rates.js';

@Global()
@Module({ providers: [Rates], exports: [Rates] })
export class RatesModule {}
