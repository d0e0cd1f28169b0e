import { Module } from '@nestjs/common';
import { ReadPlanEndpoint } from './plan/read-plan/read-plan.endpoint.js';

@Module({ controllers: [ReadPlanEndpoint] })
export class PlanningQueriesModule {}
