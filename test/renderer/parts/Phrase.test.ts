import { render } from '@testing-library/svelte';
import '@testing-library/svelte/vitest';
import { expect, it } from 'vitest';
import Phrase from '../../../renderer/parts/Phrase.svelte';

it('isolates values from the direction of the sentence', () => {
  const { container } = render(Phrase, {
    props: {
      template: 'سأل {address} عن {target}',
      values: { address: '10.20.0.1', target: 'a.example' },
      latin: true,
    },
  });
  expect(container.textContent.replace(/\s+/g, ' ').trim()).toBe('سأل 10.20.0.1 عن a.example');
  expect([...container.querySelectorAll('bdi')].map((value) => [value.textContent, value.dir])).toEqual([
    ['10.20.0.1', 'ltr'],
    ['a.example', 'ltr'],
  ]);
});

it('shows a value as text, whatever is in it', () => {
  const { container } = render(Phrase, { props: { template: '{name}', values: { name: '<img src=x>' } } });
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toContain('<img src=x>');
});
