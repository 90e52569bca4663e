import type { Mode } from '../contract/profile.ts';
import type { EpochSeconds, Page, PageRequest } from './ports.ts';

/** Whose consumers: an organization's, live or test, which never meet. */
export interface Market {
  readonly organizationId: string;
  readonly mode: Mode;
}

/** A way to know a consumer again. Within a market, one consumer has it. */
export interface Identifier {
  readonly kind: 'email' | 'phone' | 'external';
  /** An address in lower case, a number in E.164, or the organization's own id. */
  readonly value: string;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Somebody who uses an organization's product. Guests have a session and no record. */
export interface ConsumerRecord extends Market {
  /** `con_…` */
  readonly id: string;
  /** One that is being deleted is there for nobody but for who goes on with it. */
  readonly status: 'active' | 'disabled' | 'deleting' | 'deleted';
  readonly email?: string;
  readonly phone?: string;
  readonly externalId?: string;
  readonly attributes: Attributes;
  readonly createdAt: EpochSeconds;
  /** Counts changes. */
  readonly version: number;
}

export interface ConsumerChanges {
  readonly status?: ConsumerRecord['status'] | undefined;
  readonly attributes?: Attributes | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly externalId?: string | undefined;
}

/** Every method throws UnavailableError when the store cannot answer. A change is one conditional write. */
export interface ConsumerStore {
  /** Whose an identifier is. */
  findConsumer(market: Market, identifier: Identifier): Promise<string | undefined>;
  /** Gives an identifier to a consumer; the consumer who has it, whoever that is. */
  claimIdentifier(market: Market, identifier: Identifier, consumerId: string): Promise<string>;
  /** Takes it from them. */
  dropIdentifier(market: Market, identifier: Identifier, consumerId: string): Promise<void>;
  /** Where there is none by that id; what there is by then. */
  insertConsumer(consumer: ConsumerRecord): Promise<ConsumerRecord>;
  getConsumer(market: Market, id: string): Promise<ConsumerRecord | undefined>;
  /** Changes a consumer who is of this version; undefined when they are not. */
  updateConsumer(consumer: ConsumerRecord, changes: ConsumerChanges): Promise<ConsumerRecord | undefined>;
  /** Keeps of a consumer that there was one by that id, and nothing else. */
  deleteConsumer(market: Market, id: string): Promise<void>;
  /** Oldest first. A page may be short though more follow. */
  listConsumers(market: Market, page: PageRequest): Promise<Page<ConsumerRecord>>;
}

/** A code that was sent, and what was made of it. */
interface OtpRecord {
  /** HMAC under a key that is not in the table. */
  readonly codeHash: string;
  readonly expiresAt: EpochSeconds;
}

export interface OtpStore {
  /** In the place of an earlier one for the same destination. */
  putOtp(id: string, otp: OtpRecord): Promise<void>;
  /**
   * Counts an attempt before anybody is told anything. Undefined when there is no code that can be tried: none, one that
   * was used or has expired, or one that was tried so often.
   */
  tryOtp(id: string, attempts: number, now: EpochSeconds): Promise<OtpRecord | undefined>;
  /**
   * Uses a code up. False when somebody was first, or it was replaced.
   * @param attempt names this one, so that it knows its own work after a lost answer
   */
  useOtp(id: string, codeHash: string, attempt: string): Promise<boolean>;
}

/** A code for which a browser gets tokens, once. */
interface ExchangeCodeRecord extends Market {
  readonly codeHash: string;
  readonly consumerId: string;
  readonly expiresAt: EpochSeconds;
}

export interface ExchangeCodeStore {
  insertExchangeCode(code: ExchangeCodeRecord): Promise<void>;
  /** Uses a code of a market up. Undefined when it is used, expired, unknown, or of another. */
  takeExchangeCode(
    codeHash: string,
    market: Market,
    attempt: string,
    now: EpochSeconds,
  ): Promise<ExchangeCodeRecord | undefined>;
}

/** What an organization has set for its consumers; the profile's where it has not. */
export interface ConsumerSettings {
  /** In seconds. */
  readonly access?: number | undefined;
  readonly refresh?: number | undefined;
  readonly messages?: Messages | undefined;
}

/** Texts in which `{code}` and `{organization}` stand for what they say. */
export interface Messages {
  readonly emailSubject?: string | undefined;
  readonly emailText?: string | undefined;
  readonly smsText?: string | undefined;
}
