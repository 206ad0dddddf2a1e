import { guestAction } from '#app/(auth)/_components/auth-actions.ts';
import { SubmitButton } from '#components/ui/submit-button.tsx';

/** Tries Belowdeck without an account. */
export function GuestForm({ next }: { next: string }) {
  return (
    <form action={guestAction} className="grid gap-3 border-line border-t pt-5">
      <input type="hidden" name="next" value={next} />
      <SubmitButton variant="secondary" className="w-full">
        Try it as a guest
      </SubmitButton>
      <p className="text-muted">Your progress is kept in this browser; make an account any time to keep it for good.</p>
    </form>
  );
}
