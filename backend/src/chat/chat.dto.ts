import { IsBoolean, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import type {
  AgreeToMessage,
  DeleteMessage,
  EditMessage,
  HistoryRequest,
  PinMessage,
  SendMessage,
} from '../contract/index.js';
import { LIMITS } from '../contract/index.js';
import { CommandDto } from '../validation/command.dto.js';
import { Emails, RecordNumber, RecordNumbers, Sent, StoredText, Visible } from '../validation/rules.js';

/** Something to read. It is stored as typed, but for what `storedText` normalises. */
const MessageText = () => applyDecorators(IsString(), Visible(), StoredText(LIMITS.text), MaxLength(LIMITS.text));

export class SendMessageDto extends CommandDto implements SendMessage {
  @MessageText()
  readonly text: string;

  @Sent()
  @RecordNumbers(LIMITS.about)
  readonly about?: readonly number[];

  @Sent()
  @Emails(LIMITS.mustRead)
  readonly mustRead?: readonly string[];
}

export class EditMessageDto extends CommandDto implements EditMessage {
  @RecordNumber()
  readonly message: number;

  @MessageText()
  readonly text: string;

  @Sent()
  @RecordNumbers(LIMITS.about)
  readonly about?: readonly number[];
}

export class DeleteMessageDto extends CommandDto implements DeleteMessage {
  @RecordNumber()
  readonly message: number;
}

export class AgreeToMessageDto extends CommandDto implements AgreeToMessage {
  @RecordNumber()
  readonly message: number;
}

export class PinMessageDto extends CommandDto implements PinMessage {
  @RecordNumber()
  readonly message: number;

  @IsBoolean()
  readonly pinned: boolean;
}

export class HistoryDto implements HistoryRequest {
  @RecordNumber()
  readonly before: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.historyPage)
  readonly limit: number;
}
