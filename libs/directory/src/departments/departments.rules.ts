import { defineRules } from '@app/kernel';

export const departmentsRules = defineRules('department', {
  aDepartmentBelongsToARegisteredAgency: ['A department belongs to an agency that is registered.', 404],
  aDepartmentIsRegisteredOnce: ['A department is registered once, under one name and parent.', 409],
  aDepartmentNameIsFree: 'No two departments of an agency have one name at the same time, capitals and spaces aside.',
  aParentDepartmentStands: 'A department is part of a department that is registered and not retired.',
  aRetiredDepartmentDoesNotComeBack: ['The id of a retired department is not given again.', 409],
  aDepartmentIsRegisteredFirst: ['A department is registered before it is retired.', 404],
  aDepartmentIsRetiredOnce: ['A department is retired once, for one reason.', 409],
  aDepartmentIsRetiredAfterItsParts: ['A department is retired after the departments that are part of it.', 409],
});
