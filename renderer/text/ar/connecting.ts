import type { BestText, LoginText } from '../connecting-text.ts';

export const best: BestText = {
  button: 'اختر لي أفضل خادم',
  help: 'يسأل صوت خوادم ملفاتك كلها، وخوادم أخرى تفتحها مفاتيحها، ويأخذ أفضلها جوابًا للمكالمات.',
  title: 'جارٍ اختيار أفضل خادم',
  asking: 'جارٍ سؤال الخوادم…',
  progress: 'سُئل {done} من {planned}. يكفي القليل من الجيّد منها.',
  ranking: 'أجوبة الخوادم، الأفضل أولًا',
  reasons: {
    best: 'أفضل جوابًا',
    reachable: 'أضعف جوابًا',
    loss: 'يضيع منه أكثر في الطريق',
    rtt: 'أبطأ جوابًا',
    jitter: 'أقل انتظامًا',
    transport: 'يمرّ عبر TCP، فتتقطّع المكالمات',
    equal: 'لا يقلّ عنه جوابًا',
  },
  standings: {
    busy: 'موجود لكنه مشغول',
    path: 'يمكن الوصول إليه، ولم يُجرَّب الـ VPN فيه',
    'psk-mismatch': 'موجود لكنه لا يقبل هذا الملف',
    unreached: 'لا يجيب: محجوب، أو اختفى، أو لا يعرف مفتاحك',
  },
  answers: 'خلال {ms}',
  noLoss: 'لم يضع شيء',
  loses: 'ضاع {percent}',
  trying: 'قيد التجربة',
  failed: 'لم يتصل',
  chosen: 'اختار صوت {server}، فهو {why}.',
};

export const login: LoginText = {
  title: 'اسم المستخدم وكلمة السر للـ VPN',
  text: 'يطلبهما خادم {profile}. أعطاكهما مزوّد الـ VPN، وكثيرًا ما يختلفان عمّا تستعمله في موقعه.',
  username: 'اسم المستخدم',
  password: 'كلمة السر',
  remember: 'تذكّرهما على هذا الحاسوب',
  rememberHelp: 'يُحفظان مع الملف بعد أن يقبلهما الخادم، ولا يقرؤهما إلا حساب المستخدم الخاص بك.',
  connect: 'اتصل',
  kept: 'اسم المستخدم وكلمة السر محفوظان مع هذا الملف.',
  forget: 'انسَهما',
};
