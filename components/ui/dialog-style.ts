export const dialogOverlayStyle = 'fixed inset-0 z-50 animate-fade bg-[#040a12]/65';

export const dialogPanelStyle =
  'fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[calc(100dvh-2rem)] max-w-lg -translate-y-1/2 animate-fade overflow-y-auto rounded-xl border border-line bg-raised p-5 text-ink shadow-float outline-none sm:p-6';
