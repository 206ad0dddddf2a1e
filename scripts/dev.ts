// npm run dev: as npm start, with pages compiled as they are asked for and sandboxd's source mounted from the checkout.
process.env.BELOWDECK_DEV_MOUNT = '1';
process.argv.push('--dev');
await import('./start.ts');

export {};
