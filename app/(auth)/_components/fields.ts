import type { FormField } from '#app/_components/action-form.tsx';

const emailHint = 'You sign in with it. Belowdeck sends no mail.';

export const nameField: FormField = { name: 'name', label: 'Name', autoComplete: 'name', maxLength: 80 };
export const emailField: FormField = { name: 'email', label: 'Email', type: 'email', autoComplete: 'username' };
export const newEmailField: FormField = { ...emailField, hint: emailHint };
export const passwordField: FormField = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'current-password',
};
export const newPasswordField: FormField = {
  ...passwordField,
  autoComplete: 'new-password',
  hint: 'At least 10 characters. A few unrelated words do well.',
  minLength: 10,
  maxLength: 256,
};
