import { SubmitButton } from '#components/ui/submit-button.tsx';
import { startLabAction } from './start-lab-action.ts';

export interface StartLabButtonProps {
  course: string;
  lab: string;
  children: string;
  size?: 'sm' | 'md' | 'lg';
  variant?: 'primary' | 'secondary';
}

/** Leads into a lab: begins an attempt, or continues the one that is open. Works without JavaScript. */
export function StartLabButton({ course, lab, children, size, variant = 'primary' }: StartLabButtonProps) {
  return (
    <form action={startLabAction}>
      <input type="hidden" name="course" value={course} />
      <input type="hidden" name="lab" value={lab} />
      <SubmitButton size={size} variant={variant}>
        {children}
      </SubmitButton>
    </form>
  );
}
