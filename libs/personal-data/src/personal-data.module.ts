import { Readiness } from '@app/http';
import { Module, type DynamicModule, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { join } from 'node:path';
import { ReplayErasures } from './erasure-register/replay-erasures.js';
import { KeyRing } from './keys/key-ring.js';
import { KeyStore } from './keys/key-store.js';
import { LmdbKeyStore } from './keys/lmdb-key-store.js';
import { masterKeyFrom, masterKeyIn } from './keys/master-key.js';
import { MongoKeyStore } from './keys/mongo-key-store.js';
import { HashedReceipts } from './sealing/hashed-receipts.js';
import { PersonalData } from './sealing/sealed.js';
import { Receipts } from './sealing/receipts.js';
import { Sealing } from './sealing/sealing.js';

export interface PersonalDataOptions {
  readonly dataDir: string;
  /** MongoDB; the embedded key store in the data folder where there is none. */
  readonly url?: string;
  /** 32 bytes in hexadecimal or base64. */
  readonly masterKey?: string;
  /** Made at the first start; in the data folder where neither this nor the key is given. */
  readonly masterKeyFile?: string;
}

/** The keys of people, for every process with doors that take in or show what they say. */
@Module({})
export class PersonalDataModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly store: KeyStore,
    private readonly readiness: Readiness,
  ) {}

  static forRoot({ dataDir, url, masterKey: given, masterKeyFile }: PersonalDataOptions): DynamicModule {
    return {
      module: PersonalDataModule,
      global: true,
      providers: [
        {
          provide: KeyStore,
          useFactory: (): Promise<KeyStore> =>
            url === undefined ? LmdbKeyStore.open(join(dataDir, 'keys')) : MongoKeyStore.open(url),
        },
        {
          provide: KeyRing,
          useFactory: async (store: KeyStore): Promise<KeyRing> => {
            const file = masterKeyFile ?? join(dataDir, 'secrets', 'master.key');
            const masterKey = (given === undefined ? undefined : masterKeyFrom(given)) ?? (await masterKeyIn(file));
            return KeyRing.open({ store, masterKey });
          },
          inject: [KeyStore],
        },
        ReplayErasures,
        { provide: PersonalData, useClass: Sealing },
        { provide: Receipts, useClass: HashedReceipts },
      ],
      exports: [KeyRing, PersonalData, Receipts],
    };
  }

  onModuleInit(): void {
    const check = async (): Promise<void> => void (await this.store.epochs());
    this.readiness.add({ name: 'key-store', check });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
