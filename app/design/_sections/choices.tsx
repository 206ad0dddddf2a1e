import { Play } from 'lucide-react';
import { Section } from '#app/design/_sections/section.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';

export function Choices() {
  return (
    <Section title="Buttons and forms">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" size="lg">
          Open the first lab
        </Button>
        <Button variant="primary">Continue</Button>
        <Button>Check now</Button>
        <Button variant="quiet">Skip</Button>
        <Button variant="danger">End sandbox</Button>
        <Button busy>Starting</Button>
        <Button disabled>Not now</Button>
        <Button size="sm" icon={<Play aria-hidden />}>
          Run
        </Button>
        <Button size="icon" aria-label="Run" icon={<Play aria-hidden />} />
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <Card className="grid content-start gap-5">
          <TextField label="Email" type="email" placeholder="ada@example.org" autoComplete="off" />
          <TextField
            label="Password"
            type="password"
            hint="At least twelve characters."
            defaultValue="secret"
            error="Seven characters are too few: add five."
          />
          <Field label="Level">
            {control => (
              <Select
                {...control}
                options={[
                  { value: 'foundation', label: 'Foundation' },
                  { value: 'intermediate', label: 'Intermediate' },
                ]}
              />
            )}
          </Field>
          <Field label="Note" optional hint="Only you and your instructor see it.">
            {control => <Textarea {...control} rows={3} />}
          </Field>
          <Checkbox label="Let guests try this lab" hint="They keep their progress when they sign up." defaultChecked />
        </Card>
        <Card className="grid content-start gap-6">
          <RadioGroup
            legend="After the kill, which process is the parent of the shim?"
            name="parent"
            defaultValue="init"
            options={[
              { value: 'dockerd', label: <code>dockerd</code> },
              { value: 'init', label: 'PID 1', hint: 'the init of the sandbox' },
              { value: 'containerd', label: <code>containerd</code> },
              { value: 'none', label: 'It has none', disabled: true },
            ]}
          />
          <fieldset className="grid gap-2">
            <legend className="mb-2 font-semibold text-sm">Which of these outlive the daemon?</legend>
            <Checkbox boxed label="The shim" defaultChecked />
            <Checkbox boxed label="The container's own process" />
          </fieldset>
        </Card>
      </div>
    </Section>
  );
}
