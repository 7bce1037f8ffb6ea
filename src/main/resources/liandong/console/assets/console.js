// The console's own script: what htmx does not do by itself. No page needs it to show anything.
(() => {
  'use strict';
  const body = document.body;
  const offline = document.getElementById('offline');
  const dialog = document.getElementById('sign-in-again');
  let waiting = null; // what is asked again after signing in

  // The service is gone, and back again.
  const tell = text => { offline.textContent = text; offline.hidden = !text; };
  body.addEventListener('htmx:sendError', () => tell(body.dataset.offline));
  body.addEventListener('htmx:afterRequest', event => {
    if (event.detail.xhr && event.detail.xhr.status > 0) tell('');
    if (event.detail.successful) document.getElementById('notice').replaceChildren();
  });

  // The session has ended: sign in without leaving what was typed.
  body.addEventListener('htmx:responseError', event => {
    if (event.detail.xhr.status === 401 && dialog && !dialog.open) {
      const cause = event.detail.requestConfig.triggeringEvent;
      waiting = { element: event.detail.elt, by: cause ? cause.type : 'click' };
      dialog.showModal();
    }
  });
  if (dialog) {
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    dialog.querySelector('form').addEventListener('submit', event => {
      event.preventDefault();
      fetch('/console/sign-in/again', { method: 'POST', body: new URLSearchParams(new FormData(event.target)) }).then(answer => {
        const fresh = answer.headers.get('Liandong-Token');
        event.target.querySelector('.bad').hidden = !!fresh;
        if (!fresh) return;
        body.setAttribute('hx-headers', JSON.stringify({ 'Liandong-Token': fresh }));
        document.querySelectorAll('input[name=token]').forEach(field => { field.value = fresh; });
        event.target.reset();
        dialog.close();
        if (waiting) htmx.trigger(waiting.element, waiting.by);
      }).catch(() => tell(body.dataset.offline));
    });
  }

  // What is on the page, on paper.
  body.addEventListener('click', event => {
    if (event.target.closest('[data-print]')) window.print();
  });

  // What is typed into a form marked data-keep stays with this tab until it is sent or signed out.
  const keyOf = form => 'kept ' + form.dataset.keep;
  const fieldsOf = form => [...form.elements].filter(field => field.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type));
  const keep = () => document.querySelectorAll('form[data-keep]').forEach(form => {
    const values = fieldsOf(form).map(field => [field.name, ['checkbox', 'radio'].includes(field.type) ? field.checked : field.value, field.type === 'radio' ? field.value : '']);
    sessionStorage.setItem(keyOf(form), JSON.stringify(values));
  });
  document.querySelectorAll('form[data-keep]').forEach(form => {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept || form.dataset.fresh === 'true') return;
    const values = JSON.parse(kept);
    fieldsOf(form).forEach(field => {
      const own = values.find(([name, , value]) => name === field.name && (field.type !== 'radio' || value === field.value));
      if (!own) return;
      if (['checkbox', 'radio'].includes(field.type)) field.checked = own[1]; else field.value = own[1];
    });
    form.dispatchEvent(new Event('restored', { bubbles: true }));
  });
  window.addEventListener('pagehide', keep);
  document.querySelectorAll('form[action="/console/sign-out"]').forEach(form => form.addEventListener('submit', () => {
    window.removeEventListener('pagehide', keep);
    sessionStorage.clear();
  }));

  // Steps are gone through with the arrow keys.
  body.addEventListener('keydown', event => {
    const step = event.target.closest && event.target.closest('[data-steps] summary');
    if (!step || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    const all = [...step.closest('[data-steps]').querySelectorAll('summary')];
    const next = all[all.indexOf(step) + (event.key === 'ArrowDown' ? 1 : -1)];
    event.preventDefault();
    if (next) { step.parentElement.open = false; next.parentElement.open = true; next.focus(); }
  });

  // What is to be copied is.
  body.addEventListener('click', event => {
    const button = event.target.closest && event.target.closest('button[data-copy]');
    if (!button || !navigator.clipboard) return;
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent).then(() => {
      button.textContent = button.dataset.copied;
    }, () => getSelection().selectAllChildren(document.getElementById(button.dataset.copy)));
  });

  // A button that downloads sends its form as browsers do, not by htmx.
  body.addEventListener('click', event => {
    const plain = event.target.closest && event.target.closest('button[data-plain]');
    if (!plain) return;
    event.preventDefault();
    const form = plain.form;
    const action = form.action;
    form.action = plain.formAction;
    HTMLFormElement.prototype.submit.call(form);
    form.action = action;
  });

  // Files are dropped where a form takes them.
  document.querySelectorAll('form[data-drop]').forEach(form => {
    const input = form.querySelector('input[type=file]');
    const list = form.querySelector('.chosen');
    const show = () => list.replaceChildren(...[...input.files].map(file => {
      const item = document.createElement('li');
      item.textContent = file.name + ' · ' + Math.ceil(file.size / 1024) + ' KB';
      return item;
    }));
    input.addEventListener('change', show);
    ['dragenter', 'dragover'].forEach(name => form.addEventListener(name, event => { event.preventDefault(); form.classList.add('over'); }));
    ['dragleave', 'drop'].forEach(name => form.addEventListener(name, () => form.classList.remove('over')));
    form.addEventListener('drop', event => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      show();
    });
  });

  // What takes seconds shows that it does, and is not sent twice.
  document.querySelectorAll('form[data-busy]').forEach(form => form.addEventListener('submit', () => {
    form.classList.add('busy');
    setTimeout(() => form.querySelectorAll('button').forEach(button => { button.disabled = true; }));
  }));
  window.addEventListener('pageshow', () => document.querySelectorAll('form.busy').forEach(form => {
    form.classList.remove('busy');
    form.querySelectorAll('button').forEach(button => { button.disabled = false; });
  }));
})();
