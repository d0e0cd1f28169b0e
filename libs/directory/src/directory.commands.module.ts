import { Module } from '@nestjs/common';
import { RegisterAgencyEndpoint, RegisterAgencyHandler } from './agency/register-agency/register-agency.endpoint.js';

@Module({ controllers: [RegisterAgencyEndpoint], providers: [RegisterAgencyHandler] })
export class DirectoryCommandsModule {}
