import { IsInt, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import type { AgreeToMessage, DeleteMessage, EditMessage, HistoryRequest, SendMessage } from '../contract/index.js';
import { LIMITS } from '../contract/index.js';
import { RecordNumber } from '../requests/rules.js';

/** Something to read: not only white space. It is stored exactly as typed. */
const MessageText = () => applyDecorators(IsString(), Matches(/\S/), MaxLength(LIMITS.text));

export class SendMessageDto implements SendMessage {
  @IsUUID()
  readonly id: string;

  @MessageText()
  readonly text: string;
}

export class EditMessageDto implements EditMessage {
  @IsUUID()
  readonly id: string;

  @RecordNumber()
  readonly message: number;

  @MessageText()
  readonly text: string;
}

export class DeleteMessageDto implements DeleteMessage {
  @IsUUID()
  readonly id: string;

  @RecordNumber()
  readonly message: number;
}

export class AgreeToMessageDto implements AgreeToMessage {
  @IsUUID()
  readonly id: string;

  @RecordNumber()
  readonly message: number;
}

export class HistoryDto implements HistoryRequest {
  @RecordNumber()
  readonly before: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.historyPage)
  readonly limit: number;
}
