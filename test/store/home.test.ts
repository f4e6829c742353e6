import { expect, test } from 'vitest';
import { sawtHome } from '../../electron/store/home.ts';

test('SAWT_HOME puts everything under one folder on every system', () => {
  for (const platform of ['linux', 'darwin'] as const) {
    expect(sawtHome({ SAWT_HOME: '/mnt/stick' }, platform, '/home/a')).toEqual({
      config: '/mnt/stick/config',
      data: '/mnt/stick/data',
      runtime: '/mnt/stick/run',
    });
  }
  expect(sawtHome({ SAWT_HOME: 'D:\\sawt' }, 'win32', 'C:\\Users\\a').data).toBe('D:\\sawt\\data');
});

test('an empty SAWT_HOME counts as none', () => {
  expect(sawtHome({ SAWT_HOME: '' }, 'linux', '/home/a').config).toBe('/home/a/.config/sawt');
});

test('Linux follows the XDG variables', () => {
  const env = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d', XDG_RUNTIME_DIR: '/run/user/1000' };
  expect(sawtHome(env, 'linux', '/home/a')).toEqual({
    config: '/c/sawt',
    data: '/d/sawt',
    runtime: '/run/user/1000/sawt',
  });
});

test('a relative XDG path is ignored, as the specification says', () => {
  const env = { XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: '../d', XDG_RUNTIME_DIR: '' };
  expect(sawtHome(env, 'linux', '/home/a')).toEqual({
    config: '/home/a/.config/sawt',
    data: '/home/a/.local/share/sawt',
    runtime: '/home/a/.local/share/sawt/run',
  });
});

test('macOS and Windows get their own places', () => {
  expect(sawtHome({}, 'darwin', '/Users/a').config).toBe('/Users/a/Library/Application Support/Sawt/config');
  expect(sawtHome({}, 'win32', 'C:\\Users\\a')).toEqual({
    config: 'C:\\Users\\a\\AppData\\Roaming\\Sawt',
    data: 'C:\\Users\\a\\AppData\\Local\\Sawt\\data',
    runtime: 'C:\\Users\\a\\AppData\\Local\\Sawt\\run',
  });
});
