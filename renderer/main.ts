import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './client/connect.ts';
import { WindowState } from './state/window.svelte.ts';
import './style.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

const sawt = new WindowState(connect(window), navigator.languages);
mount(App, { target, props: { sawt } });
void sawt.load();
// A removal that waits for its undo is settled when the window goes away: removed means removed.
addEventListener('pagehide', () => void sawt.profiles.settleRemoval());
