// The JavaScript module of ChatGen.Browser in Node: node --test tests/ChatGen.Browser.Tests/Module

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Browser, openPage, Tab } from "./page.mjs";

const owner = 1;
let browser;
let tab;

beforeEach(() => {
  browser = new Browser();
  tab = new Tab(browser);
});

test("a state is in a cookie only while no page is alive", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state-1", 5);
  page.keep(cookie, owner, "state-2", 5);
  assert.equal(browser.cookieText, "");
  page.hide();
  assert.equal(browser.cookieText, `${cookie}=state-2`);
  const next = await openPage(tab);
  assert.equal(next.open("chat", "/"), cookie);
  assert.equal(next.take(cookie, owner, 5), "state-2");
  assert.equal(browser.cookieText, "");
  assert.equal(next.take(cookie, owner, 5), null);
});

test("the cookie has the age, the path and the flags that it was given", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/shop");
  page.keep(cookie, owner, "state", 60);
  page.hide();
  assert.deepEqual(browser.attributes.get(cookie), ["Max-Age=60", "Path=/shop", "SameSite=Lax", "Secure"]);
  const plain = await openPage(tab, { protocol: "http:" });
  plain.open("chat", "/shop");
  plain.keep(cookie, owner, "state", 60);
  plain.hide();
  assert.deepEqual(browser.attributes.get(cookie), ["Max-Age=60", "Path=/shop", "SameSite=Lax"]);
});

test("a state that has expired is not restored", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.hide();
  browser.now = 5;
  const next = await openPage(tab);
  assert.equal(next.take(next.open("chat", "/"), owner, 5), null);
});

test("what was taken is kept, so that a page that goes away before it is restored loses nothing", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.hide();
  const next = await openPage(tab);
  next.take(next.open("chat", "/"), owner, 5);
  next.hide();
  assert.equal(browser.cookieText, `${cookie}=state`);
});

test("a state that was cleared is not written", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.clear(cookie, owner);
  page.hide();
  assert.equal(browser.cookieText, "");
});

test("an owner that lets go leaves its state to the next one in the same page", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, 1, "state", 5);
  page.release(cookie, 1);
  assert.equal(browser.cookieText, `${cookie}=state`);
  assert.equal(page.take(cookie, 2, 5), "state");
});

test("what an owner does late does not touch the state of the next one", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, 1, "first", 5);
  page.keep(cookie, 2, "second", 5);
  page.release(cookie, 1);
  page.clear(cookie, 1);
  page.hide();
  assert.equal(browser.cookieText, `${cookie}=second`);
});

test("a new state removes a cookie that an earlier session has left", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, 1, "first", 5);
  page.release(cookie, 1);
  page.keep(cookie, 2, "second", 5);
  assert.equal(browser.cookieText, "");
});

test("a page that comes out of the back/forward cache takes back what it has left", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.appendHistory("chat", "s", ["1"]);
  page.hide(true);
  assert.notDeepEqual(Object.keys(tab.storage), []);
  page.show(true);
  assert.equal(browser.cookieText, "");
  assert.deepEqual(Object.keys(tab.storage), []);
  page.hide(true);
  assert.equal(browser.cookieText, `${cookie}=state`);
});

test("a page that is shown for the first time changes nothing", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.release(cookie, owner);
  page.show(false);
  assert.equal(browser.cookieText, `${cookie}=state`);
});

test("tabs have states of their own, and so has a tab that is duplicated while its page is alive", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.appendHistory("chat", "s", ["1"]);
  const duplicate = await openPage(new Tab(browser, tab));
  const other = duplicate.open("chat", "/");
  assert.notEqual(other, cookie);
  duplicate.keep(other, owner, "other", 5);
  page.hide();
  duplicate.hide();
  assert.equal((await openPage(tab)).take(cookie, owner, 5), "state");
  assert.deepEqual(duplicate.readHistory("chat", "s"), []);
});

test("clients of different names do not meet", async () => {
  const page = await openPage(tab);
  const [first, second] = [page.open("sales", "/"), page.open("support", "/")];
  page.keep(first, 1, "a", 5);
  page.keep(second, 2, "b", 5);
  page.appendHistory("sales", "s", ["1"]);
  page.hide();
  const next = await openPage(tab);
  next.open("sales", "/");
  next.open("support", "/");
  assert.deepEqual(next.readHistory("support", "s"), []);
  assert.deepEqual(next.readHistory("sales", "s"), ["1"]);
  assert.equal(next.take(second, 2, 5), "b");
});

test("a history is in sessionStorage only while no page is alive", async () => {
  const page = await openPage(tab);
  page.open("chat", "/");
  page.appendHistory("chat", "s", ["{\"a\":1}", "{\"b\":2}"]);
  page.appendHistory("chat", "s", ["{\"c\":3}"]);
  assert.deepEqual(Object.keys(tab.storage), []);
  page.hide();
  const next = await openPage(tab);
  next.open("chat", "/");
  assert.deepEqual(Object.keys(tab.storage), []);
  assert.deepEqual(next.readHistory("chat", "s"), ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]);
  next.appendHistory("chat", "s", ["{\"d\":4}"]);
  next.hide();
  const last = await openPage(tab);
  last.open("chat", "/");
  assert.equal(last.readHistory("chat", "s").length, 4);
});

test("a history that nobody asks for does not outlive the next page, nor one that was cleared", async () => {
  const page = await openPage(tab);
  page.open("chat", "/");
  page.appendHistory("chat", "forgotten", ["1"]);
  page.appendHistory("chat", "ended", ["1"]);
  page.clearHistory("chat", "ended");
  page.hide();
  assert.deepEqual(Object.keys(tab.storage).filter(key => key.includes("ended")), []);
  const next = await openPage(tab);
  next.open("chat", "/");
  next.hide();
  assert.deepEqual(Object.keys(tab.storage), ["chatgen-tab"]);
});

test("a history for which there is no room is dropped whole, and the state is not", async () => {
  const page = await openPage(tab);
  const cookie = page.open("chat", "/");
  page.keep(cookie, owner, "state", 5);
  page.appendHistory("chat", "s", ["x".repeat(1000)]);
  tab.storage.room = 100;
  page.hide();
  assert.deepEqual(Object.keys(tab.storage), ["chatgen-tab"]);
  assert.equal(browser.cookieText, `${cookie}=state`);
});

test("where cookies are blocked nothing is kept and nothing is thrown", async () => {
  const page = await openPage(tab, { blocked: true });
  const cookie = page.open("chat", "/");
  assert.equal(page.take(cookie, owner, 5), null);
  page.keep(cookie, owner, "state", 5);
  page.appendHistory("chat", "s", ["1"]);
  assert.deepEqual(page.readHistory("chat", "s"), ["1"]);
  page.hide();
  page.show(true);
  page.release(cookie, owner);
  assert.deepEqual(Object.keys(tab.storage), []);
});
