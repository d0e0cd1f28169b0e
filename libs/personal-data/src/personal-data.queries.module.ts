import { Module } from '@nestjs/common';
import { ReadDataSubjectEndpoint } from './data-subject/read-data-subject/read-data-subject.endpoint.js';
import { DataSubjectsEndpoint } from './read-models/data-subjects/data-subjects.endpoint.js';

@Module({ controllers: [ReadDataSubjectEndpoint, DataSubjectsEndpoint] })
export class PersonalDataQueriesModule {}
