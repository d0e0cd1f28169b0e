import { Module } from '@nestjs/common';
import { RegisterAgencyEndpoint, RegisterAgencyHandler } from './agency/register-agency/register-agency.endpoint.js';
import {
  AddDistrictAliasesEndpoint,
  AddDistrictAliasesHandler,
} from './districts/add-district-aliases/add-district-aliases.endpoint.js';
import { AddDistrictsEndpoint, AddDistrictsHandler } from './districts/add-districts/add-districts.endpoint.js';
import { RenameDistrictEndpoint, RenameDistrictHandler } from './districts/rename-district/rename-district.endpoint.js';
import { RetireDistrictEndpoint, RetireDistrictHandler } from './districts/retire-district/retire-district.endpoint.js';

@Module({
  controllers: [
    RegisterAgencyEndpoint,
    AddDistrictsEndpoint,
    RenameDistrictEndpoint,
    AddDistrictAliasesEndpoint,
    RetireDistrictEndpoint,
  ],
  providers: [
    RegisterAgencyHandler,
    AddDistrictsHandler,
    RenameDistrictHandler,
    AddDistrictAliasesHandler,
    RetireDistrictHandler,
  ],
})
export class DirectoryCommandsModule {}
