import { CircleAlert } from 'lucide-react';
import { type ChangeEventHandler, type ReactNode, useId } from 'react';
import { boxedChoiceStyle, choiceStyle } from '#components/ui/choice-style.ts';
import { cn } from '#components/ui/cn.ts';

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps {
  legend: ReactNode;
  hideLegend?: boolean;
  name: string;
  options: readonly RadioOption[];
  /** Controlled with `value` and `onChange`, otherwise `defaultValue`. */
  value?: string;
  defaultValue?: string;
  onChange?: ChangeEventHandler<HTMLInputElement>;
  disabled?: boolean;
  required?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
}

export function RadioGroup(props: RadioGroupProps) {
  const { legend, hideLegend, name, options, value, defaultValue, onChange, disabled, required, hint, error } = props;
  const errorId = useId();
  return (
    <fieldset
      disabled={disabled}
      aria-describedby={error ? errorId : undefined}
      className={cn('min-w-0', props.className)}
    >
      <legend className={cn('mb-2 font-semibold text-sm', hideLegend && 'sr-only')}>{legend}</legend>
      {hint && <p className="-mt-1 mb-2 text-muted text-sm">{hint}</p>}
      <div className="grid gap-2">
        {options.map(option => (
          <label key={option.value} className={cn(choiceStyle, boxedChoiceStyle)}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={value === undefined ? defaultValue === option.value : undefined}
              onChange={onChange}
              disabled={option.disabled}
              required={required}
              className="mt-0.5 size-5 shrink-0 appearance-none rounded-full border border-line-strong bg-surface outline-none checked:border-[6px] checked:border-accent-line dark:checked:border-accent dark:checked:bg-on-accent"
            />
            <span className="min-w-0 flex-1">
              {option.label}
              {option.hint && <span className="block text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} className="mt-2 flex items-start gap-1.5 text-failed text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  );
}
