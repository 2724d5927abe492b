import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module.js';
import { PicturesController } from './pictures.controller.js';
import { PicturesService } from './pictures.service.js';

@Module({ imports: [SessionModule], controllers: [PicturesController], providers: [PicturesService] })
export class PicturesModule {}
