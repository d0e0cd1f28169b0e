import { Module } from '@nestjs/common';
import { RegisterAgencyEndpoint, RegisterAgencyHandler } from './agency/register-agency/register-agency.endpoint.js';
import {
  AddDistrictAliasesEndpoint,
  AddDistrictAliasesHandler,
} from './districts/add-district-aliases/add-district-aliases.endpoint.js';
import { AddDistrictsEndpoint, AddDistrictsHandler } from './districts/add-districts/add-districts.endpoint.js';
import { RenameDistrictEndpoint, RenameDistrictHandler } from './districts/rename-district/rename-district.endpoint.js';
import { RetireDistrictEndpoint, RetireDistrictHandler } from './districts/retire-district/retire-district.endpoint.js';
import {
  RegisterDepartmentEndpoint,
  RegisterDepartmentHandler,
} from './departments/register-department/register-department.endpoint.js';
import {
  RetireDepartmentEndpoint,
  RetireDepartmentHandler,
} from './departments/retire-department/retire-department.endpoint.js';
import {
  AssignServiceOwnerEndpoint,
  AssignServiceOwnerHandler,
} from './service/assign-service-owner/assign-service-owner.endpoint.js';
import {
  IdentifyClientGroupEndpoint,
  IdentifyClientGroupHandler,
} from './service/identify-client-group/identify-client-group.endpoint.js';
import {
  RecordAccessBarrierEndpoint,
  RecordAccessBarrierHandler,
} from './service/record-access-barrier/record-access-barrier.endpoint.js';
import {
  RegisterServiceEndpoint,
  RegisterServiceHandler,
} from './service/register-service/register-service.endpoint.js';
import {
  RemoveAccessBarrierEndpoint,
  RemoveAccessBarrierHandler,
} from './service/remove-access-barrier/remove-access-barrier.endpoint.js';
import { ResumeServiceEndpoint, ResumeServiceHandler } from './service/resume-service/resume-service.endpoint.js';
import { RetireServiceEndpoint, RetireServiceHandler } from './service/retire-service/retire-service.endpoint.js';
import { ReviewServiceEndpoint, ReviewServiceHandler } from './service/review-service/review-service.endpoint.js';
import {
  RevisePopulationEndpoint,
  RevisePopulationHandler,
} from './service/revise-population/revise-population.endpoint.js';
import { SuspendServiceEndpoint, SuspendServiceHandler } from './service/suspend-service/suspend-service.endpoint.js';
import {
  ChangeWorkingHoursEndpoint,
  ChangeWorkingHoursHandler,
} from './calendar/change-working-hours/change-working-hours.endpoint.js';
import {
  DeclareHolidaysEndpoint,
  DeclareHolidaysHandler,
} from './calendar/declare-holidays/declare-holidays.endpoint.js';
import { DefineCalendarEndpoint, DefineCalendarHandler } from './calendar/define-calendar/define-calendar.endpoint.js';
import { RevokeHolidayEndpoint, RevokeHolidayHandler } from './calendar/revoke-holiday/revoke-holiday.endpoint.js';

@Module({
  controllers: [
    RegisterAgencyEndpoint,
    AddDistrictAliasesEndpoint,
    AddDistrictsEndpoint,
    RenameDistrictEndpoint,
    RetireDistrictEndpoint,
    RegisterDepartmentEndpoint,
    RetireDepartmentEndpoint,
    AssignServiceOwnerEndpoint,
    IdentifyClientGroupEndpoint,
    RecordAccessBarrierEndpoint,
    RegisterServiceEndpoint,
    RemoveAccessBarrierEndpoint,
    ResumeServiceEndpoint,
    RetireServiceEndpoint,
    ReviewServiceEndpoint,
    RevisePopulationEndpoint,
    SuspendServiceEndpoint,
    ChangeWorkingHoursEndpoint,
    DeclareHolidaysEndpoint,
    DefineCalendarEndpoint,
    RevokeHolidayEndpoint,
  ],
  providers: [
    RegisterAgencyHandler,
    AddDistrictAliasesHandler,
    AddDistrictsHandler,
    RenameDistrictHandler,
    RetireDistrictHandler,
    RegisterDepartmentHandler,
    RetireDepartmentHandler,
    AssignServiceOwnerHandler,
    IdentifyClientGroupHandler,
    RecordAccessBarrierHandler,
    RegisterServiceHandler,
    RemoveAccessBarrierHandler,
    ResumeServiceHandler,
    RetireServiceHandler,
    ReviewServiceHandler,
    RevisePopulationHandler,
    SuspendServiceHandler,
    ChangeWorkingHoursHandler,
    DeclareHolidaysHandler,
    DefineCalendarHandler,
    RevokeHolidayHandler,
  ],
})
export class DirectoryCommandsModule {}
